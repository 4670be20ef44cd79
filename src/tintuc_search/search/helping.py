"""What helps a search on: words taken as they may have been meant, the query corrected, what stands in the way."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tintuc_search.query.parser import parse
from tintuc_search.query.problems import problem
from tintuc_search.search.base import Match
from tintuc_search.search.filters import join_names
from tintuc_search.search.obstacles import find_obstacles
from tintuc_search.search.spelling import Speller, corrected

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tintuc_search.analysis.base import Analyzer
    from tintuc_search.query.tree import ParsedQuery
    from tintuc_search.search.base import SearchQuery, Understood
    from tintuc_search.search.lookup import Lookup
    from tintuc_search.search.planner import Plan, Planner
    from tintuc_search.search.running import Outcome, Runner
    from tintuc_search.search.spelling import Correction

OTHER_ACCENTS = "otherAccents"
"""The problem that tells of a word that is searched with other accents than typed."""


class Helping:
    """Helps the searches of one runner; threads may share it."""

    def __init__(
        self, runner: Runner, planner: Planner, lookup: Lookup, analyzer: Analyzer
    ) -> None:
        self._runner = runner
        self._planner = planner
        self._lookup = lookup
        self._speller = Speller(lookup, analyzer, runner.matching)

    def slips(self, parsed: ParsedQuery, plan: Plan, documents: int) -> tuple[Correction, ...]:
        """What seems misspelt in a query to an index of so many documents.

        An abbreviation or number that its plan also looks for in other writing is none, however rare it is.
        """
        found = self._speller.corrections(parsed.text, self._planner.runs(parsed), documents)
        return tuple(
            slip
            for slip in found
            if not any(
                known.start <= slip.typed.start and slip.typed.end <= known.end
                for known in plan.expansions
            )
        )

    def mended(
        self, query: SearchQuery, parsed: ParsedQuery, plan: Plan, slips: Sequence[Correction]
    ) -> Plan | None:
        """The plan of the words as they may have been meant where the archive holds none; its problems say so.

        A word that is searched with other accents already is left to that.
        """
        taken = {(each.start, each.end) for each in plan.problems if each.code == OTHER_ACCENTS}
        unknown = [
            slip
            for slip in slips
            if slip.unknown and (slip.typed.start, slip.typed.end) not in taken
        ]
        if query.match is Match.ALL or not unknown:
            return None
        meant = parse(corrected(parsed.text, unknown))
        notices = tuple(
            problem(
                "spelledAs",
                slip.typed.start,
                slip.typed.end,
                value=parsed.text[slip.typed.start : slip.typed.end],
                meant=slip.term,
            )
            for slip in unknown
        )
        mended = self._runner.plan(query, meant)
        return replace(mended, problems=notices)

    def helped(
        self,
        understood: Understood,
        query: SearchQuery,
        parsed: ParsedQuery,
        outcome: Outcome,
        slips: Sequence[Correction],
    ) -> Understood:
        """What was understood, with what helps on: a correction, or what stands in the way."""
        if outcome.result.cuts or query.cursor or query.page > 1:
            return understood
        if slips:
            understood = self._corrected(understood, query, outcome, slips)
        if outcome.result.total:
            return understood
        root = join_names(parsed.root, self._planner.filters())
        obstacles = find_obstacles(query, root, self._runner.count, self._runner.seconds)
        return replace(understood, obstacles=obstacles)

    def _corrected(
        self,
        understood: Understood,
        query: SearchQuery,
        outcome: Outcome,
        slips: Sequence[Correction],
    ) -> Understood:
        """With the query as it may have been meant, if that finds more than as typed."""
        text = corrected(understood.text, slips)
        match = Match.ALL if query.match is Match.AUTO else query.match
        total = self._runner.count(replace(query, text=text, match=match))
        others = any(each.code == OTHER_ACCENTS for each in understood.problems)
        replaced = outcome.relaxed or outcome.notices or others
        if total <= (0 if replaced else outcome.result.total):
            return understood
        return replace(understood, suggestion=text, suggestion_total=total)

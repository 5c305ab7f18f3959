"""逢查必考: questions generated from the knowledge base and proven by the engine, papers, grading, audit of banks.

Front door: `make_paper(engine, Wanted(...), on)` gives a `Paper`; `Prover(engine).faults(question)` proves one again;
`expired`, `grade`, `keep`, `tally`, `write_paper`, `write_key`; `audit_bank(engine, path, on)` checks a bank of others.
"""

from engine.quiz.alarms import Alarm
from engine.quiz.audit import Checked, audit_bank
from engine.quiz.grade import PASS_MARK, Result, Sitting, answer_of, grade, keep, read_results, sitting, tally
from engine.quiz.model import DIFFICULTIES, KINDS, LABELS, ROLES, Paper, Question, question_of
from engine.quiz.paper import SITE_MINUTES, Source, Wanted, expired, gives_away, make_paper, stale
from engine.quiz.print import key_lines, paper_lines, write_key, write_paper
from engine.quiz.prove import Prover
from engine.quiz.roster import absentees, read_roster, roster_of

__all__ = [
    "DIFFICULTIES", "KINDS", "LABELS", "PASS_MARK", "ROLES", "SITE_MINUTES", "Alarm", "Checked", "Paper", "Prover",
    "Question", "Result", "Sitting", "Source", "Wanted", "absentees", "answer_of", "audit_bank", "expired", "gives_away", "grade",
    "keep", "key_lines", "make_paper", "paper_lines", "question_of", "read_results", "read_roster", "roster_of", "sitting", "stale",
    "tally", "write_key", "write_paper",
]  # fmt: skip

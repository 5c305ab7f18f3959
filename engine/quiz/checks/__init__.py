"""The checks of the audit of question banks, a module each: what it is for, and what it answers with.

Every check is `check(asked: Asked, found: Found) -> None`: it adds an alarm, an agreement or nothing to what was found.
The order in which they run, and when, stands in `engine.quiz.audit.ORDER`.
"""

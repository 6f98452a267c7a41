"""The command line: every command is one call into the package.

The question this package answers: what did the user ask for, in which language, and what goes to which stream? stdout holds the result only; everything
else goes to stderr. Exit codes: 0 done, 1 findings or a failed run, 2 bad input. It refuses to compute anything itself.

A newcomer starts with ``app`` (how a command is found and how errors become lines), then reads any one command.
"""

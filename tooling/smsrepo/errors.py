"""The only exception a user sees, and the codes that `sms` exits with."""

EXIT_CODES = {
    0: "Clean: nothing to complain about, or done.",
    1: "Findings: the verdict is no.",
    2: "Wrong use: the command, an option, or what it was given to work on.",
    3: "The machine, the files or git stand in the way, so that there is no honest verdict.",
    70: "A bug in smsrepo. Set `SMS_DEBUG=1` to see where, and report it.",
    130: "Interrupted.",
    141: "Whoever read the output went away before its end, so that no verdict was given.",
}


FINDINGS = 1


class UserError(Exception):
    """Something the user can mend: printed as one message, never as a traceback.

    `exit_code` is 2 (usage, wrong input) unless a subclass says otherwise.
    """

    exit_code = 2

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class FindingsError(UserError):
    """What was asked for is not made, because of what is wrong with the documents or their history."""

    exit_code = FINDINGS


class CannotRunError(UserError):
    """The machine, the file system or git does not let us give an honest verdict."""

    exit_code = 3

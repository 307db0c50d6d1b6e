"""The only exception a user sees."""


class UserError(Exception):
    """Something the user can mend: printed as one message, never as a traceback.

    `exit_code` is 2 (usage, wrong input) unless a subclass says otherwise.
    """

    exit_code = 2

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class CannotRunError(UserError):
    """The machine, the file system or git does not let us give an honest verdict."""

    exit_code = 3

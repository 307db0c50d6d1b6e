"""The wire format of SSH (RFC 4251, section 5), read strictly: what has two spellings is refused in all but one."""


class WireError(ValueError):
    """The bytes do not follow the format; the text says how."""


def string(value: bytes) -> bytes:
    """A string as SSH writes it: its length in four bytes, then its bytes."""
    return len(value).to_bytes(4) + value


class Reader:
    """Takes one field after the other off some bytes; every method raises WireError where the field is not there."""

    __slots__ = ("_at", "_data")

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, count: int) -> bytes:
        """The next `count` bytes."""
        end = self._at + count
        if end > len(self._data):
            raise WireError("it ends too early")
        taken = self._data[self._at : end]
        self._at = end
        return taken

    def number(self) -> int:
        """A number of four bytes."""
        return int.from_bytes(self.take(4))

    def string(self) -> bytes:
        """A string of bytes with its length before it."""
        return self.take(self.number())

    def text(self) -> str:
        """A string of printable ASCII characters."""
        raw = self.string()
        if not all(0x20 <= byte < 0x7F for byte in raw):
            raise WireError("a name in it has odd characters")
        return raw.decode("ascii")

    def positive(self) -> int:
        """An mpint above zero, in its shortest form: no sign bit, no needless leading zero."""
        raw = self.string()
        if not raw or raw[0] >= 0x80 or (raw[0] == 0 and (len(raw) == 1 or raw[1] < 0x80)):
            raise WireError("a number in it is not written in its shortest form")
        return int.from_bytes(raw)

    def rest(self) -> bytes:
        """All that is left."""
        return self.take(len(self._data) - self._at)

    def end(self) -> None:
        """Nothing is left."""
        if self._at != len(self._data):
            raise WireError("something follows its end")

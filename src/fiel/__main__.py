"""The command `fiel`, also as `python -m fiel`: a door, not a room; every subcommand lives in `fiel.cli`."""


def main() -> None:
    """Run the command line and leave with its exit code."""
    from fiel.cli import fiel  # noqa: PLC0415 - asking for the version must not pay for the whole command line

    fiel()


if __name__ == "__main__":
    main()

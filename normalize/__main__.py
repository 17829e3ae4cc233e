"""`python -m normalize`."""

from normalize.cli.main import main

if __name__ == "__main__":
    main()

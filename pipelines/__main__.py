"""`python -m pipelines`: the command line."""

from pipelines.cli.entry import main

if __name__ == "__main__":
    main()

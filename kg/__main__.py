"""``python -m kg`` and the console script ``kg``."""

from kg.cli import main

if __name__ == "__main__":
    main()

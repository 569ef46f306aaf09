import sys

from district.edges.cli import main

sys.exit(main(sys.argv[1:]))

from pathlib import Path

from district.protocols.jit import compiler

compiled = compiler(Path(__file__).resolve().parents[1])

"""What the alarms are called that this system raises by itself, beside the kinds of rules. Pure."""

from __future__ import annotations

from typing import Final

from district.kernel.wording import term

KINDS: Final = {
    "over_limit_day": term("日均超标"),
    "illogical": term("逻辑倒挂"),
    "quantity": term("许可量预警"),
    "duty": term("义务逾期"),
}

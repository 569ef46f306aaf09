"""特殊人群与矛盾纠纷: help and care the law provides, under the strictest access."""

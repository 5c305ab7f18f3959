"""Units of the field and their factors, so that 4厘米 meets a fact asked in m."""

from __future__ import annotations

# unit -> (dimension, factor to the dimension's base unit)
UNITS: dict[str, tuple[str, float]] = {
    **{u: ("长度", f) for u, f in {
        "m": 1, "米": 1, "cm": 0.01, "厘米": 0.01, "公分": 0.01, "mm": 0.001, "毫米": 0.001,
        "km": 1000, "公里": 1000, "千米": 1000, "海里": 1852, "dm": 0.1, "分米": 0.1,
    }.items()},
    **{u: ("面积", f) for u, f in {"m2": 1, "㎡": 1, "m²": 1, "平方米": 1, "平米": 1, "平方": 1, "公顷": 1e4}.items()},
    **{u: ("体积", f) for u, f in {
        "m3": 1, "m³": 1, "㎥": 1, "立方米": 1, "立方": 1, "方": 1, "L": 1e-3, "升": 1e-3, "万m3": 1e4, "万m³": 1e4, "万立方米": 1e4,
    }.items()},
    **{u: ("压力", f) for u, f in {
        "Pa": 1, "帕": 1, "kPa": 1e3, "千帕": 1e3, "KPa": 1e3, "MPa": 1e6, "兆帕": 1e6, "Mpa": 1e6, "bar": 1e5, "公斤压力": 98066.5,
        "mm水柱": 9.80665, "毫米水柱": 9.80665, "mmH2O": 9.80665, "米水柱": 9806.65,
    }.items()},
    **{u: ("质量", f) for u, f in {"kg": 1, "千克": 1, "公斤": 1, "t": 1e3, "吨": 1e3, "g": 1e-3, "克": 1e-3, "万吨": 1e7, "万t": 1e7, "Mt": 1e9,
        "万吨/年": 1e7, "万t/年": 1e7, "万t/a": 1e7, "万吨/a": 1e7, "Mt/a": 1e9, "t/a": 1e3, "吨/年": 1e3}.items()},
    **{u: ("时间", f) for u, f in {
        "s": 1, "秒": 1, "秒钟": 1, "min": 60, "分钟": 60, "分": 60, "h": 3600, "小时": 3600, "个小时": 3600,
        "d": 86400, "天": 86400, "日": 86400, "周": 604800, "个月": 2629800, "月": 2629800, "年": 31557600,
    }.items()},
    **{u: ("人数", 1) for u in ("人", "名", "位", "名工人", "名人员", "名作业人员", "名员工", "名职工", "个人", "个工人", "个作业人员", "个员工")},
    **{u: ("比例", f) for u, f in {
        "%": 0.01, "％": 0.01, "百分比": 0.01, "成": 0.1, "倍": 1, "‰": 0.001, "ppm": 1e-6, "μL/L": 1e-6, "µL/L": 1e-6, "uL/L": 1e-6,
        "微升/升": 1e-6, "微升每升": 1e-6,
    }.items()},
    **{u: ("温度", 1) for u in ("℃", "°C", "摄氏度", "度")},
    **{u: ("功率", f) for u, f in {
        "W": 1, "kW": 1e3, "千瓦": 1e3, "MW": 1e6, "kw": 1e3, "兆瓦": 1e6, "万千瓦": 1e7, "万kW": 1e7, "GW": 1e9, "吉瓦": 1e9,
    }.items()},
    **{u: ("电量", f) for u, f in {"kWh": 1, "kW·h": 1, "千瓦时": 1, "度电": 1, "MWh": 1e3}.items()},
    **{u: ("电压", f) for u, f in {"V": 1, "伏": 1, "kV": 1e3, "千伏": 1e3}.items()},
    **{u: ("速度", f) for u, f in {"m/s": 1, "米/秒": 1, "米每秒": 1, "km/h": 1 / 3.6, "公里/小时": 1 / 3.6}.items()},
    **{u: ("流量", f) for u, f in {"m3/h": 1, "m³/h": 1, "m3/min": 60, "m³/min": 60, "m3/s": 3600, "m³/s": 3600}.items()},
    **{u: ("数量", 1) for u in ("个", "台", "处", "套", "座", "项", "次", "条", "根", "只", "部", "辆", "罐", "具", "户", "盏",
        "道", "家", "层", "张", "支", "艘", "组", "间")},
    **{u: ("角度", 1) for u in ("°",)},
    **{u: ("吨煤涌出量", 1) for u in ("m3/t", "m³/t", "立方米/吨")},
    **{u: ("指标值", 1) for u in ("无量纲",)},
    **{u: ("等级", 1) for u in ("级",)},
    **{u: ("吨位", 1) for u in ("总吨",)},
}  # fmt: skip


# a unit's other meaning, where the number asked is of that kind: a slope of 70度, a settlement of 0.004L (L: a length)
ALSO: dict[str, tuple[str, float]] = {"度": ("角度", 1), "L": ("比例", 1)}


def dimension(unit: str) -> str | None:
    """The dimension a unit measures, None for a unit not known."""
    return UNITS[unit][0] if unit in UNITS else None


def convert(value: float, unit: str, into: str) -> float | None:
    """A number in another unit, None when the two do not measure the same.

    >>> convert(4, "厘米", "m")
    0.04
    """
    a, b = UNITS.get(unit), UNITS.get(into)
    if a is not None and b is not None and a[0] != b[0]:
        a = ALSO.get(unit)
    if a is None or b is None or a[0] != b[0]:
        return None
    return float(f"{value * a[1] / b[1]:.12g}")

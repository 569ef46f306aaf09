"""Requests of three cities as happenings: Chicago (sanitation, 2000–2013), St. Louis (January 2018), New York (2016)."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from district.systems.governance.insight.happenings import Happenings, day_number

FOOT_M = 1200 / 3937
"""US survey foot."""


def folder() -> Path | None:
    reference = os.environ.get("DISTRICT_REFERENCE")
    return Path(reference) / "data" / "governance" if reference else None


def _happenings(
    at: pd.Series, lon: pd.Series, lat: pd.Series, kind: pd.Series, town: pd.Series
) -> Happenings:
    return Happenings(
        np.array([day_number(each.date()) for each in at], dtype=np.int64),
        lon.to_numpy(float),
        lat.to_numpy(float),
        kind.fillna("?").astype(str).to_numpy(np.str_),
        town.fillna("?").astype(str).to_numpy(np.str_),
    )


def chicago(place: Path, first: date = date(2011, 1, 1)) -> Happenings:
    """Complaints from `first` on; doubles (status "- Dup") are left out. Towns are the nine sides made of wards."""
    rows = pd.read_csv(place / "chicago_sanitation_311_to_2013.csv.gz", low_memory=False)
    rows["at"] = pd.to_datetime(rows["Creation_Date"], errors="coerce")
    rows = rows[
        rows["at"].notna()
        & (rows["at"] >= pd.Timestamp(first))
        & ~rows["Status"].fillna("").str.contains("Dup")
    ]
    nature = rows["What_is_the_Nature_of_this_Code_Violation"].fillna("Other")
    usual = set(nature.value_counts().head(5).index)
    return _happenings(
        rows["at"],
        rows["Longitude"],
        rows["Latitude"],
        nature.where(nature.isin(usual), "Other"),
        (rows["Ward"] // 6).astype("Int64").astype(str),
    )


def st_louis(place: Path) -> Happenings:
    """Requests of a month by submitting department; Missouri East feet as longitude and latitude near enough for cells."""
    rows = pd.read_csv(place / "stlouis_csb_january_2018.csv.gz").drop_duplicates("requestid")
    at = pd.to_datetime(rows["datetimeinit"])
    # Transverse Mercator (90.5° W, 35° 50' N, k 14999/15000, false easting 250 km) taken as a plane near 38.63° N.
    lat = 38.63 + (rows["sry"] * FOOT_M - _northing(38.63)) / 110_996
    lon = -90.5 + (rows["srx"] * FOOT_M - 250_000) / (111_320 * np.cos(np.radians(lat)))
    usual = set(rows["submitto"].value_counts().head(5).index)
    return _happenings(
        at,
        lon,
        lat,
        rows["submitto"].where(rows["submitto"].isin(usual), "Other"),
        (rows["ward"] // 5).astype("Int64").astype(str),
    )


def _northing(lat: float) -> float:
    return (lat - 35 - 50 / 60) * 110_996


def new_york(place: Path) -> Happenings:
    rows = pd.read_csv(place / "nyc_311_red_hook_2016.csv", low_memory=False)
    at = pd.to_datetime(rows["Created Date"], format="%m/%d/%Y %I:%M:%S %p")
    usual = set(rows["Complaint Type"].value_counts().head(2).index)
    return _happenings(
        at,
        rows["Longitude"],
        rows["Latitude"],
        rows["Complaint Type"].where(rows["Complaint Type"].isin(usual), "Other"),
        rows["Community Board"],
    )

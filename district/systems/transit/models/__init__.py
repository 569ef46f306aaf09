"""Tables of the buses; ids of lines, stops and trips are those of the GTFS edition in force."""

from .cards import (
    Card,
    LedgerAccount,
    Payment,
    PaymentNotice,
    Posting,
    PostingLine,
    Refund,
    Statement,
    TestPayment,
    TopUp,
)
from .changes import Change
from .editions import Edition
from .feeds import FeedPoll, OutsideFeed, PublishedFeed
from .fleet import Assignment, Bus
from .information import Bulletin, PublicVisit, Release, Shop, Weather
from .learning import LearntDay, LearntModel, Prediction, Score
from .orders import Order
from .pictures import TerminalMedia
from .runs import Forecast, Run
from .screens import Playlist, PlaylistItem, Screen, Showing
from .timetables import (
    Draft,
    DraftLine,
    DraftPattern,
    DraftProfile,
    DraftService,
    DraftStop,
    DraftTrip,
    FeedUpload,
)

__all__ = [
    "Assignment", "Bulletin", "Bus", "Card", "Change", "Draft", "DraftLine", "DraftPattern", "DraftProfile",
    "DraftService", "DraftStop", "DraftTrip", "Edition", "FeedPoll", "FeedUpload", "Forecast", "LearntDay",
    "LearntModel", "LedgerAccount", "Order", "OutsideFeed", "Payment", "PaymentNotice", "Playlist",
    "PlaylistItem", "Posting", "PostingLine", "Prediction", "PublicVisit", "PublishedFeed", "Refund", "Release",
    "Run", "Score", "Screen", "Shop", "Showing", "Statement", "TerminalMedia", "TestPayment", "TopUp",
    "Weather",
]

package dev.peili.mirroring;

import org.apache.pekko.actor.DeadLetterSuppression;
import org.apache.pekko.actor.NotInfluenceReceiveTimeout;

/** What no user has sent, so that it neither ends a receive time-out nor is missed when its receiver has stopped. */
abstract sealed class QuietMessage extends MirroringMessage implements NotInfluenceReceiveTimeout, DeadLetterSuppression
        permits StateUpdate, EventsEnd, Notice {}

package dev.peili.actors;

import dev.peili.actors.internal.dispatch.Carrier;
import dev.peili.actors.internal.dispatch.Label;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;

/** A message that carries a number, and may say where it is to be handled. */
record Parcel(Integer carried, @Nullable Label label) implements Carrier {
    /** One without a label. */
    static Parcel of(int number) {
        return new Parcel(number, null);
    }

    /** One that is to be handled as the other category of this group. */
    static Parcel of(int number, SchedulerGroup group, TaskCategory category, ActorSystem<?> system) {
        return new Parcel(number, Label.of(group.eventTargetFor(category), system));
    }

    /** The group that a turn of this message is one of, where messages without a label are handled in the other one. */
    SchedulerGroup groupOr(SchedulerGroup actors) {
        return label == null ? actors : (SchedulerGroup) label.group();
    }
}

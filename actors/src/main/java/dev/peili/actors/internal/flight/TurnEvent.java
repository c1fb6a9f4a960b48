package dev.peili.actors.internal.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** A turn of a group, from its start to its end. */
@Name("dev.peili.Turn")
@Label("Turn")
@Category({"Peili", "Groups"})
@Description("One task, or one message of an actor, in a group")
@StackTrace(false)
@Threshold("10 ms")
final class TurnEvent extends Event {
    static final TurnEvent PROBE = new TurnEvent();

    @Label("Name")
    @Description("The task's name, or the class of the actor's message")
    String name = "";

    @Label("Category")
    @Description("The lane of its group that it waited in")
    String category = "";

    @Label("Group")
    String group = "";

    @Label("Actor")
    @Description("The path of the actor; none if it is a task")
    @Nullable
    String actor;

    @Label("Queue Time")
    @Description("From dispatch to start; not known of what was queued before the recording, and of system messages")
    @Timespan(Timespan.NANOSECONDS)
    long queueTime;

    @Label("Run Time")
    @Description("The duration without the paused time")
    @Timespan(Timespan.NANOSECONDS)
    long runTime;

    @Label("Paused Time")
    @Description("How long other turns ran on top of it or instead of it")
    @Timespan(Timespan.NANOSECONDS)
    long pausedTime;
}

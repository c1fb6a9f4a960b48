package dev.peili.mirroring.internal.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** The delivery of an update. */
@Name("dev.peili.MirrorUpdate")
@Label("Mirror Update")
@Category({"Peili", "Mirrors"})
@Description("An actor has got an update of another actor's canonicals")
@Enabled(false)
@StackTrace(false)
final class UpdateEvent extends Event {
    static final UpdateEvent PROBE = new UpdateEvent();

    @Label("Owner")
    String owner = "";

    @Label("Receiver")
    String receiver = "";

    @Label("Changes")
    @Description("How many connections had something new")
    int changes;

    @Label("Turns")
    @Description("Of how many turns of the owner the update was made")
    int turns;

    @Label("Queue Time")
    @Description("From the end of the first of these turns to the delivery")
    @Timespan(Timespan.NANOSECONDS)
    long queueTime;
}

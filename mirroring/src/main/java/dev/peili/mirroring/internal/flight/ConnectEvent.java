package dev.peili.mirroring.internal.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** The first message of a connection has arrived. */
@Name("dev.peili.MirrorConnect")
@Label("Mirror Connect")
@Category({"Peili", "Mirrors"})
@Description("A mirror or a listener was connected by its owner")
@StackTrace(false)
final class ConnectEvent extends Event {
    static final ConnectEvent PROBE = new ConnectEvent();

    @Label("Owner")
    String owner = "";

    @Label("Source")
    @Description("The name of the canonical or of the event producer")
    String source = "";

    @Label("Receiver")
    String receiver = "";

    @Label("Key")
    @Description("The name of the mirror or of the listener")
    String key = "";

    @Label("Queue Time")
    @Description("From the end of the turn that connected it to its first state")
    @Timespan(Timespan.NANOSECONDS)
    long queueTime;
}

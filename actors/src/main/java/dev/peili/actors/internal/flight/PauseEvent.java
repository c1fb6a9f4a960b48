package dev.peili.actors.internal.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

/** A pause of a turn at a checkpoint. */
@Name("dev.peili.Pause")
@Label("Pause")
@Category({"Peili", "Groups"})
@Description("A turn that waits at a checkpoint")
@StackTrace(false)
@Threshold("10 ms")
final class PauseEvent extends Event {
    static final PauseEvent PROBE = new PauseEvent();

    @Label("Name")
    @Description("The paused task's name, or the class of the actor's message")
    String name = "";

    @Label("Category")
    @Description("The lane of its group that the paused turn waited in")
    String category = "";

    @Label("Group")
    @Description("The group of the paused turn")
    String group = "";

    @Label("How")
    @Description("on-top: another turn runs on the same thread; parked: the thread waits, and another has its permit")
    String how = "";
}

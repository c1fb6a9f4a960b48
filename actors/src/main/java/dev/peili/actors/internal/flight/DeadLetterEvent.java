package dev.peili.actors.internal.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** An accepted task that will not run. */
@Name("dev.peili.DeadLetter")
@Label("Dead Letter")
@Category({"Peili", "Groups"})
@Description("A task that its group had accepted and that could not run any more")
@StackTrace(false)
final class DeadLetterEvent extends Event {
    @Label("Name")
    @Description("The task's name")
    String name = "";

    @Label("Category")
    String category = "";

    @Label("Group")
    String group = "";

    static void record(String task, String category, String group) {
        DeadLetterEvent event = new DeadLetterEvent();
        if (event.isEnabled()) {
            event.name = task;
            event.category = category;
            event.group = group;
            event.commit();
        }
    }
}

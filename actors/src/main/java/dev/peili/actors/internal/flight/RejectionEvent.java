package dev.peili.actors.internal.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A task that its group did not accept. */
@Name("dev.peili.Rejection")
@Label("Rejection")
@Category({"Peili", "Groups"})
@Description("A task that its group did not accept: the caller got an exception")
@StackTrace(false)
final class RejectionEvent extends Event {
    @Label("Name")
    @Description("The task's name")
    String name = "";

    @Label("Category")
    String category = "";

    @Label("Group")
    String group = "";

    @Label("Reason")
    String reason = "";

    static void record(String task, String category, String group, String reason) {
        RejectionEvent event = new RejectionEvent();
        if (event.isEnabled()) {
            event.name = task;
            event.category = category;
            event.group = group;
            event.reason = reason;
            event.commit();
        }
    }
}

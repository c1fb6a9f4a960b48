package dev.peili.examples.browser;

import dev.peili.actors.TaskCategory;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The table that says which events tell the category of the task around them. */
final class ChildCategory {
    private static final Set<String> NETWORK = Set.of("ResourceFinish", "ParseHTML", "CommitLoad");
    private static final Set<String> REFRESH_DRIVER =
            Set.of("FireAnimationFrame", "UpdateLayoutTree", "Layout", "PrePaint", "Paint", "Layerize", "Commit");
    private static final Set<String> GARBAGE_COLLECTION = Set.of("MinorGC", "MajorGC");

    /** Events that a person causes directly; what follows from them (scroll, focus, change) is not among them. */
    private static final Set<String> INPUT = Set.of(
            "click",
            "dblclick",
            "auxclick",
            "contextmenu",
            "wheel",
            "input",
            "beforeinput",
            "textInput",
            "drop",
            "gotpointercapture",
            "lostpointercapture");

    private static final List<String> INPUT_FAMILIES =
            List.of("mouse", "pointer", "touch", "key", "drag", "composition");

    private ChildCategory() {}

    /** The category that an event stands for; empty when it says nothing about its task. */
    static Optional<TaskCategory> of(TraceEvent event) {
        String name = event.name();
        return switch (name) {
            case "TimerFire" -> Optional.of(TaskCategory.TIMER);
            case "FireIdleCallback" -> Optional.of(TaskCategory.IDLE_CALLBACK);
            case "HandlePostMessage" -> Optional.of(TaskCategory.WORKER);
            case "EventDispatch" ->
                event.dispatched().filter(ChildCategory::isInput).map(type -> TaskCategory.UI);
            default -> ofFamily(name);
        };
    }

    private static Optional<TaskCategory> ofFamily(String name) {
        if (GARBAGE_COLLECTION.contains(name) || name.startsWith("V8.GC") || name.startsWith("BlinkGC")) {
            return Optional.of(TaskCategory.GARBAGE_COLLECTION);
        }
        if (NETWORK.contains(name) || name.startsWith("ResourceReceive") || name.startsWith("XHR")) {
            return Optional.of(TaskCategory.NETWORK);
        }
        if (REFRESH_DRIVER.contains(name)) {
            return Optional.of(TaskCategory.REFRESH_DRIVER);
        }
        return Optional.empty();
    }

    private static boolean isInput(String type) {
        return INPUT.contains(type) || INPUT_FAMILIES.stream().anyMatch(type::startsWith);
    }
}

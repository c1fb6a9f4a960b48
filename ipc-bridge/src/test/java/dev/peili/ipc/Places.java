package dev.peili.ipc;

import dev.peili.actors.Document;
import dev.peili.actors.EventTarget;
import dev.peili.actors.Groups;
import dev.peili.actors.SchedulerGroup;
import dev.peili.actors.Tab;
import dev.peili.actors.TaskCategory;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The groups of one side by name: {@code tab:A} is the TabGroup of a tab, {@code doc:A} the DocGroup of a document in it,
 * {@code root} the root group. An event target is {@code tab:A/NETWORK}. Thread-safe.
 */
final class Places {
    private final Groups groups;
    private final Map<String, Tab> tabs = new HashMap<>();
    private final Map<String, SchedulerGroup> known = new LinkedHashMap<>();

    Places(Groups groups) {
        this.groups = groups;
        known.put("root", groups.root());
    }

    synchronized EventTarget target(String name) {
        String[] parts = name.split("/", 2);
        return group(parts[0]).eventTargetFor(TaskCategory.valueOf(parts[1]));
    }

    synchronized SchedulerGroup group(String name) {
        SchedulerGroup group = known.get(name);
        if (group == null) {
            Tab tab = tab(name.substring(4));
            if (name.startsWith("doc:")) {
                Document document =
                        tab.openDocument("https://" + name.substring(4).toLowerCase(Locale.ROOT) + ".example/");
                group = document.docGroup();
            } else {
                group = tab.tabGroup();
            }
            known.put(name, group);
        }
        return group;
    }

    private Tab tab(String name) {
        return tabs.computeIfAbsent(name, key -> groups.openTab());
    }

    synchronized void close(String group) {
        Objects.requireNonNull(tabs.get(group.substring(4))).close();
    }

    /** The event target of the running turn. */
    synchronized String current() {
        Optional<EventTarget> current = EventTarget.current();
        return current.map(target -> nameOf(target.group()) + "/" + target.category())
                .orElse("");
    }

    private String nameOf(SchedulerGroup group) {
        return known.entrySet().stream()
                .filter(entry -> entry.getValue() == group)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(group.toString());
    }
}

package dev.peili.examples.browser;

import dev.peili.actors.DocGroup;
import dev.peili.actors.Groups;
import dev.peili.actors.SchedulerGroup;
import dev.peili.actors.Tab;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Peili with its default settings: a task is dispatched to the DocGroup, TabGroup or root group that its label says.
 *
 * <p>A task of a TabGroup excludes those of its documents; that is the point of it.
 */
final class PeiliStage implements Stage {
    private final ActorSystem<Void> system;
    private final Groups groups;
    /** By the TabGroup that they belong to, which comes first; the root group belongs to itself. */
    private final Map<SchedulerGroup, Set<Group>> opened = new LinkedHashMap<>();

    PeiliStage() {
        system = Systems.start(Behaviors.empty());
        groups = Groups.get(system);
    }

    @Override
    public List<TaskTarget> open(Script script, boolean visible) {
        Map<String, Tab> tabs = new HashMap<>();
        List<TaskTarget> targets = new ArrayList<>();
        for (Label label : script.labels()) {
            SchedulerGroup group = groupOf(label, tabs);
            list(group, visible);
            targets.add(group::dispatch);
        }
        tabs.values().forEach(tab -> tab.setVisible(visible));
        return targets;
    }

    private SchedulerGroup groupOf(Label label, Map<String, Tab> tabs) {
        if (label instanceof Label.OfDocuments documents) {
            return tab(documents.tab(), tabs).openDocument(documents.site()).docGroup();
        }
        return label instanceof Label.OfTab of ? tab(of.tab(), tabs).tabGroup() : groups.root();
    }

    private Tab tab(String id, Map<String, Tab> tabs) {
        return tabs.computeIfAbsent(id, opened -> groups.openTab());
    }

    private void list(SchedulerGroup group, boolean visible) {
        boolean foreground = visible || group == groups.root();
        SchedulerGroup owner = group instanceof DocGroup documents ? documents.tabGroup() : group;
        opened.computeIfAbsent(owner, tab -> new LinkedHashSet<>(List.of(new Group(tab.name(), foreground))))
                .add(new Group(group.name(), foreground));
    }

    @Override
    public List<Group> groups() {
        return opened.values().stream().flatMap(Set::stream).toList();
    }

    @Override
    public long pauses() {
        return groups.pauses();
    }

    @Override
    public void close() {
        Systems.stop(system);
    }
}

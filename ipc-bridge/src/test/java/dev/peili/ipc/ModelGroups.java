package dev.peili.ipc;

import dev.peili.actors.Document;
import dev.peili.actors.EventTarget;
import dev.peili.actors.Groups;
import dev.peili.actors.SchedulerGroup;
import dev.peili.actors.Tab;
import dev.peili.actors.TaskCategory;
import dev.peili.testkit.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** The tabs and documents of one schedule, open and closed. */
final class ModelGroups {
    private static final List<TaskCategory> CATEGORIES = List.of(TaskCategory.values());

    private final RandomGenerator random;
    private final Groups groups;
    private final List<Tab> tabs = new ArrayList<>();
    private final List<Document> documents = new ArrayList<>();

    ModelGroups(Simulation simulation) {
        this.random = simulation.random();
        this.groups = Groups.get(simulation.system());
        openTab();
        openDocument();
        openDocument();
    }

    private Tab openTab() {
        Tab tab = groups.openTab();
        tab.setVisible(random.nextBoolean());
        tabs.add(tab);
        return tab;
    }

    private void openDocument() {
        Tab tab = tabs.get(random.nextInt(tabs.size()));
        if (tab.isOpen()) {
            documents.add(tab.openDocument("https://site" + random.nextInt(3) + ".example/"));
        }
    }

    /** Any that there is, also of a group that has been closed; sometimes a new one. */
    EventTarget anyTarget() {
        SchedulerGroup group = switch (random.nextInt(16)) {
            case 0 -> groups.root();
            case 1 -> openTab().tabGroup();
            case 2, 3, 4 -> tabs.get(random.nextInt(tabs.size())).tabGroup();
            default ->
                documents.isEmpty()
                        ? tabs.get(0).tabGroup()
                        : documents.get(random.nextInt(documents.size())).docGroup();
        };
        return group.eventTargetFor(CATEGORIES.get(random.nextInt(CATEGORIES.size())));
    }

    /** A document or a tab is closed, or a group suspended or resumed, or another one opened. */
    String change() {
        int what = random.nextInt(10);
        if (what < 2 && !documents.isEmpty()) {
            documents.get(random.nextInt(documents.size())).close();
            return "documents closed";
        } else if (what == 2 && random.nextInt(4) == 0) {
            tabs.get(random.nextInt(tabs.size())).close();
            return "tabs closed";
        } else if (what < 6) {
            SchedulerGroup group = anyTarget().group();
            if (group != groups.root()) {
                group.suspend();
            }
            return "groups suspended";
        } else if (what < 8) {
            resumeAll();
            return "groups resumed";
        }
        openDocument();
        return "documents opened";
    }

    void resumeAll() {
        tabs.forEach(tab -> tab.tabGroup().resume());
        documents.forEach(document -> document.docGroup().resume());
    }
}

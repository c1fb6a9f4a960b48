package dev.peili.testkit;

import dev.peili.actors.Document;
import dev.peili.actors.Groups;
import dev.peili.actors.SchedulerGroup;
import dev.peili.actors.Site;
import dev.peili.actors.Tab;
import dev.peili.actors.TaskSupervision;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.stream.IntStream;

/** The tabs, documents and groups of one schedule, with what the proof knows of them. */
final class Realm {
    private static final int MOST_TAB_GROUPS = 6;
    private static final List<Site> SITES =
            IntStream.range(0, Place.SITES).mapToObj(i -> Site.of("s" + i)).toList();

    /** A tab that is or was open. */
    static final class OpenedTab {
        final Tab tab;
        final Place place;
        final int number;
        final List<OpenedDocument> documents = new ArrayList<>();
        boolean visible;

        OpenedTab(Tab tab, Place place, int number) {
            this.tab = tab;
            this.place = place;
            this.number = number;
        }
    }

    /** A document that is or was open. */
    record OpenedDocument(OpenedTab tab, Document document) {}

    final Groups groups;
    private final Ledger ledger;
    final Dossier root;
    final Place nowhere = Place.nowhere();
    final List<Dossier> dossiers = new ArrayList<>();
    final List<OpenedTab> tabs = new ArrayList<>();
    private final IdentityHashMap<SchedulerGroup, Dossier> byGroup = new IdentityHashMap<>();
    private final List<List<Place>> sites = new ArrayList<>();

    Realm(Simulation simulation, Ledger ledger) {
        this.groups = Groups.get(simulation.system());
        this.ledger = ledger;
        this.root = know(groups.root(), Place.root());
    }

    private Dossier know(SchedulerGroup group, Place place) {
        return byGroup.computeIfAbsent(group, g -> {
            Dossier dossier = new Dossier(g, place);
            dossiers.add(dossier);
            return dossier;
        });
    }

    // --- Tabs -------------------------------------------------------------------------------------------------------

    List<OpenedTab> openTabs() {
        return tabs.stream().filter(tab -> tab.tab.isOpen()).toList();
    }

    void openTab() {
        int number = sites.size();
        if (number < MOST_TAB_GROUPS) {
            Tab tab = groups.openTab();
            Place place = Place.ofTabGroup(tab.tabGroup().name(), number);
            sites.add(IntStream.range(0, Place.SITES)
                    .mapToObj(site -> Place.ofSite(place, number, site))
                    .toList());
            know(tab.tabGroup(), place);
            tabs.add(new OpenedTab(tab, place, number));
        }
    }

    void openTabFrom(OpenedTab opener) {
        tabs.add(new OpenedTab(groups.openTab(opener.tab), opener.place, opener.number));
    }

    void setVisible(OpenedTab tab, boolean visible) {
        tab.tab.setVisible(visible);
        noteVisible(tab, visible);
    }

    private static void noteVisible(OpenedTab tab, boolean visible) {
        if (tab.visible != visible) {
            tab.visible = visible;
            tab.place.visibleTabs += visible ? 1 : -1;
        }
    }

    void close(OpenedTab tab) {
        tab.tab.close();
        noteVisible(tab, false);
        tab.documents.clear();
    }

    // --- Documents --------------------------------------------------------------------------------------------------

    void openDocument(OpenedTab tab, int site) {
        opened(tab, site, tab.tab.openDocument(SITES.get(site)));
    }

    private void opened(OpenedTab tab, int site, Document document) {
        know(document.docGroup(), sites.get(tab.number).get(site));
        tab.documents.add(new OpenedDocument(tab, document));
    }

    void navigate(OpenedDocument from, int site) {
        Document next = from.document().navigate(SITES.get(site));
        from.tab().documents.remove(from);
        opened(from.tab(), site, next);
    }

    void close(OpenedDocument document) {
        document.document().close();
        document.tab().documents.remove(document);
    }

    // --- Failures ---------------------------------------------------------------------------------------------------

    /** The task is about to throw, and its groups will do what their supervision says. */
    void fails(Job job) {
        for (Dossier dossier : job.groups) {
            dossier.failedTasks++;
            if (dossier.supervision instanceof TaskSupervision.Restart restart) {
                dossier.value = 0;
                dossier.place.inDoubt |= !restart.maxBackoff().isZero();
            } else if (dossier.supervision instanceof TaskSupervision.Stop) {
                stops(dossier);
            }
        }
    }

    private void stops(Dossier dossier) {
        dossier.stopped = true;
        // Its documents hear of it later.
        dossier.place.inDoubt |= dossier.place.tabGroup == null;
        for (Job job : ledger.waiting) {
            job.doomed |= job.groups.contains(dossier);
        }
    }
}

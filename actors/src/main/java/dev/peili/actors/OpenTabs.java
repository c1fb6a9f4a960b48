package dev.peili.actors;

import dev.peili.actors.internal.agenda.Node;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The tabs and documents that are open in one TabGroup, and so the end of that group and of its DocGroups. Guarded by its
 * own monitor.
 *
 * <p>A DocGroup ends with its last document, but what is left of it may take a while. A group that is opened for the same
 * site meanwhile is another group, with the same node: the two are one for isolation and order.
 */
final class OpenTabs implements GroupCore.Owner {
    /** What a site needs here: one node for as long as any group of it is not over, and the group that is open. */
    private static final class Place {
        DocGroup open;
        int groups = 1;
        int documents;

        Place(OpenTabs tabs, Site site) {
            Node node = tabs.extension.agenda().newDocGroup(tabs.node, this);
            open = tabs.newDocGroup(node, site);
        }

        /** What the node is known by: all groups of the place have the same name. */
        @Override
        public String toString() {
            return open.name();
        }
    }

    private final GroupsExtension extension;
    private final TabGroup tabGroup;
    private final Node node;
    private final Map<Site, Place> places = new HashMap<>();
    private final Set<Tab> open = new HashSet<>();
    private final Set<Tab> visible = new HashSet<>();
    private int tabs;
    /** How many groups are not over, the TabGroup among them. */
    private int groups = 1;

    OpenTabs(GroupsExtension extension, long number) {
        this.extension = extension;
        String name = "tabgroup-" + number;
        this.node = extension.agenda().newTabGroup(name);
        GroupCore core = new GroupCore(extension, this, number, node, made -> new TabGroup(made, name));
        this.tabGroup = (TabGroup) core.handle();
    }

    TabGroup tabGroup() {
        return tabGroup;
    }

    synchronized Tab openTab() {
        Tab tab = new Tab(this, tabGroup.name() + "/tab-" + ++tabs);
        open.add(tab);
        return tab;
    }

    synchronized Tab openTabFrom(Tab opener) {
        checkOpen(opener, "open another");
        return openTab();
    }

    synchronized void setVisible(Tab tab, boolean now) {
        checkOpen(tab, "be shown or hidden");
        changeVisible(tab, now);
    }

    private void changeVisible(Tab tab, boolean now) {
        boolean before = !visible.isEmpty();
        if (now) {
            visible.add(tab);
        } else {
            visible.remove(tab);
        }
        if (before == visible.isEmpty()) {
            extension.agenda().setVisible(node, !before);
        }
    }

    synchronized boolean isOpen(Tab tab) {
        return open.contains(tab);
    }

    synchronized void close(Tab tab) {
        if (open.remove(tab)) {
            tab.documents().forEach(this::leave);
            tab.documents().clear();
            changeVisible(tab, false);
            if (open.isEmpty()) {
                tabGroup.core().close();
            }
        }
    }

    synchronized Document openDocument(Tab tab, Site site) {
        checkOpen(tab, "open a document");
        Place place = places.get(site);
        if (place == null) {
            place = new Place(this, site);
            places.put(site, place);
        } else if (place.documents == 0 || !place.open.core().isOpen()) {
            place.open = newDocGroup(place.open.core().node(), site);
            place.groups++;
            place.documents = 0;
        }
        place.documents++;
        Document document = new Document(tab, place.open);
        tab.documents().add(document);
        return document;
    }

    private DocGroup newDocGroup(Node docs, Site site) {
        groups++;
        long number = extension.nextNumber();
        GroupCore core = new GroupCore(extension, this, number, docs, made -> new DocGroup(made, tabGroup, site));
        tabGroup.core().adopt(core, "docgroup-" + number);
        extension.endIfTerminated(core);
        return (DocGroup) core.handle();
    }

    @Override
    public void ended(GroupCore core) {
        if (core == tabGroup.core()) {
            extension.ended(core);
        } else {
            tabGroup.core().endedBelow(core);
        }
    }

    @Override
    public synchronized void over(GroupCore core) {
        if (core.handle() instanceof DocGroup group) {
            Place place = places.get(group.site());
            if (place != null && --place.groups == 0) {
                places.remove(group.site());
            }
        }
        if (--groups == 0) {
            extension.agenda().remove(node);
        }
    }

    synchronized boolean isOpen(Document document) {
        return document.tab().documents().contains(document);
    }

    synchronized void close(Document document) {
        if (document.tab().documents().remove(document)) {
            leave(document);
        }
    }

    synchronized Document navigate(Document document, Site site) {
        if (!isOpen(document)) {
            throw new IllegalStateException(document + " cannot navigate: it is closed");
        }
        // The new one first, so that a group that both belong to does not end in between.
        Document next = openDocument(document.tab(), site);
        close(document);
        return next;
    }

    private void leave(Document document) {
        Place place = places.get(document.docGroup().site());
        // Those of a group that was stopped are not counted any more.
        if (place != null && place.open == document.docGroup() && --place.documents == 0) {
            place.open.core().close();
        }
    }

    private void checkOpen(Tab tab, String what) {
        if (!open.contains(tab)) {
            throw new IllegalStateException(tab + " cannot " + what + ": it is closed");
        }
    }
}

package dev.peili.actors;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A tab: what a person looks at or not, and where documents are opened. It belongs to one {@link TabGroup} for life.
 *
 * <p>A handle, to be used from any thread; no method blocks.
 */
public final class Tab {
    private final OpenTabs tabs;
    private final String name;
    /** Guarded by the monitor of {@link #tabs}. */
    private final Set<Document> documents = new LinkedHashSet<>(4);

    Tab(OpenTabs tabs, String name) {
        this.tabs = tabs;
        this.name = name;
    }

    /** The group that this tab shares with its opener and with whatever was opened from it. */
    public TabGroup tabGroup() {
        return tabs.tabGroup();
    }

    /**
     * Says whether a person sees this tab. A TabGroup with a visible tab is in the foreground, with all its documents, and
     * that takes effect at once, also for what is queued already and for turns that are paused (promise G4).
     *
     * @throws IllegalStateException if this tab is closed
     */
    public void setVisible(boolean visible) {
        tabs.setVisible(this, visible);
    }

    /**
     * Opens a document, in the DocGroup of the URL's {@link Site} in this tab's TabGroup.
     *
     * @throws IllegalArgumentException if the URL has no site; see {@link Site#ofUrl}
     * @throws IllegalStateException if this tab is closed
     */
    public Document openDocument(String url) {
        return openDocument(Site.ofUrl(url));
    }

    /**
     * Opens a document of a site that is known, or of any other key that says which documents belong together.
     *
     * @throws IllegalStateException if this tab is closed
     */
    public Document openDocument(Site site) {
        return tabs.openDocument(this, site);
    }

    /** Whether this tab has not been closed. */
    public boolean isOpen() {
        return tabs.isOpen(this);
    }

    /**
     * Closes this tab and its documents; closing twice does nothing. The TabGroup ends with its last tab: what is queued
     * still runs, later dispatches are rejected, then its actors are stopped.
     */
    public void close() {
        tabs.close(this);
    }

    Tab openAnother() {
        return tabs.openTabFrom(this);
    }

    OpenTabs tabs() {
        return tabs;
    }

    Set<Document> documents() {
        return documents;
    }

    @Override
    public String toString() {
        return name;
    }
}

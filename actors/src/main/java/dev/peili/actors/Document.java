package dev.peili.actors;

/**
 * A document that is open in a tab, and so a share in a {@link DocGroup}: the group ends with its last document.
 *
 * <p>A handle, to be used from any thread; no method blocks.
 */
public final class Document {
    private final Tab tab;
    private final DocGroup docGroup;

    Document(Tab tab, DocGroup docGroup) {
        this.tab = tab;
        this.docGroup = docGroup;
    }

    /** The tab that shows it. */
    public Tab tab() {
        return tab;
    }

    /** The group that it shares with the other documents of its site in its TabGroup. */
    public DocGroup docGroup() {
        return docGroup;
    }

    /**
     * Queues a task of this document's group; see {@link SchedulerGroup#dispatch}.
     *
     * @throws java.util.concurrent.RejectedExecutionException if the group has been closed
     */
    public void dispatch(String name, TaskCategory category, Runnable task) {
        docGroup.dispatch(name, category, task);
    }

    /** The executor of this document's group and this category. */
    public EventTarget eventTargetFor(TaskCategory category) {
        return docGroup.eventTargetFor(category);
    }

    /**
     * Replaces this document by that of another URL in the same tab. This one is closed; where both have the same site,
     * they have the same group.
     *
     * @return the document that takes its place
     * @throws IllegalArgumentException if the URL has no site; see {@link Site#ofUrl}
     * @throws IllegalStateException if this document is closed
     */
    public Document navigate(String url) {
        return navigate(Site.ofUrl(url));
    }

    /**
     * Replaces this document by one of another site, or other key, in the same tab.
     *
     * @return the document that takes its place
     * @throws IllegalStateException if this document is closed
     */
    public Document navigate(Site site) {
        return tab.tabs().navigate(this, site);
    }

    /** Whether neither this document nor its tab has been closed. */
    public boolean isOpen() {
        return tab.tabs().isOpen(this);
    }

    /** Closes this document; closing twice does nothing. If it is the last of its group, the group ends. */
    public void close() {
        tab.tabs().close(this);
    }

    @Override
    public String toString() {
        return "document of " + docGroup;
    }
}

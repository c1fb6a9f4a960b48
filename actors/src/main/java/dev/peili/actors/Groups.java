package dev.peili.actors;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Extension;

/**
 * The groups of an actor system: where tabs are opened, and where the root group is.
 *
 * <p>A Pekko extension: there is one for each actor system, made on first use, and nothing is shared between two. All
 * methods may be called from any thread and none blocks.
 *
 * <pre>{@code
 * Groups groups = Groups.get(system);
 * Tab tab = groups.openTab();
 * tab.setVisible(true);
 * Document page = tab.openDocument("https://www.example.org/");
 * page.dispatch("parse", TaskCategory.NETWORK, () -> parse(bytes));
 * }</pre>
 */
public final class Groups implements Extension {
    private final ActorSystem<?> system;
    private volatile GroupsExtension extension;

    private Groups(ActorSystem<?> system, GroupsExtension extension) {
        this.system = system;
        this.extension = extension;
    }

    static Groups of(ActorSystem<?> system) {
        GroupsExtension extension = new GroupsExtension(system);
        extension.begin();
        Groups groups = new Groups(system, extension);
        org.apache.pekko.actor.ActorSystem classic = extension.classicSystem();
        classic.registerOnTermination(() -> groups.extension.terminated());
        GroupsShutdown.register(classic, () -> groups.extension.shutdown());
        return groups;
    }

    private GroupsExtension extension() {
        GroupsExtension present = extension;
        return present.isOver() ? renewed() : present;
    }

    private synchronized GroupsExtension renewed() {
        if (extension.isOver()) {
            extension = new GroupsExtension(system);
        }
        return extension;
    }

    /**
     * The groups of this actor system.
     *
     * @throws com.typesafe.config.ConfigException if the section {@code peili} of the configuration has a wrong value;
     *     the message begins with the key
     */
    public static Groups get(ActorSystem<?> system) {
        return GroupsExtension.Id.INSTANCE.get(system);
    }

    /** The group that is related to every other. */
    public RootGroup root() {
        return extension().root();
    }

    /** Opens a tab that no other can reach: it starts a {@link TabGroup} of its own. It is not visible yet. */
    public Tab openTab() {
        return extension().newTabGroup().openTab();
    }

    /**
     * Opens a tab from another one: it joins the opener's {@link TabGroup} for life. It is not visible yet.
     *
     * @throws IllegalStateException if the opener is closed
     */
    public Tab openTab(Tab opener) {
        return opener.openAnother();
    }

    /**
     * Queues a task that affects several groups: it waits for all of them, and excludes the turns of all of them and of
     * whatever is related to one of them. In each of these groups it has its place in the order of the category (promise
     * G2), and it is as urgent as the most urgent of them. A suspended group among them keeps it waiting, but then it holds
     * up nobody. What it throws counts as a failure of each.
     *
     * @param groups at least one; of two that are related only the upper one counts
     * @throws RejectedExecutionException if one of the groups has been closed, or its lane is full
     * @throws IllegalArgumentException if there is no group, or one of another actor system
     */
    public void dispatch(
            Collection<? extends SchedulerGroup> groups, String name, TaskCategory category, Runnable task) {
        extension().dispatch(groups, Objects.requireNonNull(name), category, Objects.requireNonNull(task));
    }

    /**
     * What an operator wants to see of each group that has not ended: what is queued, what runs, what failed. It stops
     * nobody for more than an instant, and costs about a microsecond a group.
     */
    public List<GroupSnapshot> snapshot() {
        return extension().snapshot();
    }

    /** How often a turn was paused at a checkpoint so far, for a turn on top of it or for one instead of it. */
    public long pauses() {
        return extension().pool().pauses();
    }
}

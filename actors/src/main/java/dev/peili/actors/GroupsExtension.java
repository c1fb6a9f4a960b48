package dev.peili.actors;

import com.typesafe.config.ConfigException;
import dev.peili.actors.internal.agenda.Agenda;
import dev.peili.actors.internal.dispatch.GroupDispatcherConfigurator;
import dev.peili.actors.internal.dispatch.GroupPool;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.pekko.ConfigurationException;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.ActorTags;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.ExtensionId;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.dispatch.MessageDispatcher;

/** What the handles of one actor system share: its pool, and the guardian of all supervisors. */
final class GroupsExtension implements GroupCore.Library, GroupCore.Owner {
    static final String DISPATCHER = "peili.dispatcher";
    static final String MAILBOX = "peili.mailbox";
    /** The number of the root group. */
    private static final long ROOT = 0;

    private static final String INTERNAL_DISPATCHER = "pekko.actor.internal-dispatcher";
    static final Props SUPERVISOR_PROPS = DispatcherSelector.fromConfig(INTERNAL_DISPATCHER);

    /** The key of the extension. */
    static final class Id extends ExtensionId<Groups> {
        static final Id INSTANCE = new Id();

        private Id() {}

        @Override
        public Groups createExtension(ActorSystem<?> system) {
            return Groups.of(system);
        }

        Groups get(ActorSystem<?> system) {
            return system.registerExtension(this);
        }
    }

    private final org.apache.pekko.actor.ActorSystem system;
    private final GroupPool pool;
    private final Agenda agenda;
    private final GroupSettings settings;
    private final GroupsShutdown shutdown = new GroupsShutdown(this::cores);
    private final AtomicLong lastNumber = new AtomicLong(ROOT);
    /** The root group and the TabGroups that have not ended. Guarded by itself. */
    private final Set<GroupCore> upper = new LinkedHashSet<>();

    private volatile boolean terminated;
    private volatile boolean replaced;
    private final ActorRef<GroupSupervisor.Adopt> guardian;
    private final RootGroup root;

    GroupsExtension(ActorSystem<?> typed) {
        system = Adapter.toClassic(typed);
        if (!(dispatcher().configurator() instanceof GroupPool.Provider groups)) {
            throw new IllegalStateException(
                    DISPATCHER + ".type must name " + GroupDispatcherConfigurator.class.getName());
        }
        pool = groups.pool();
        agenda = pool.agenda();
        pool.beforeRenewal(this::replaced);
        settings = GroupSettings.of(system.settings().config());
        guardian = typed.systemActorOf(guardian(), "peili", SUPERVISOR_PROPS);
        GroupCore core = new GroupCore(this, this, ROOT, agenda().root(), RootGroup::new);
        root = (RootGroup) core.handle();
        adopt(core, "root");
    }

    private MessageDispatcher dispatcher() {
        try {
            return system.dispatchers().lookup(DISPATCHER);
        } catch (ConfigurationException e) {
            // Pekko says that it could not make the dispatcher; what was wrong with which key is the cause.
            throw e.getCause() instanceof ConfigException cause ? cause : e;
        }
    }

    /** Looks after the pool for as long as the actor system lives. To be called once for each. */
    void begin() {
        pool.retain();
        pool.watch(system.dispatchers().lookup(INTERNAL_DISPATCHER), new Watchdog());
    }

    GroupsShutdown shutdown() {
        return shutdown;
    }

    /** Whether all groups have been replaced by new ones, which only happens where actor systems are simulated. */
    boolean isOver() {
        // While they are being ended there are none yet.
        return replaced && pool.agenda() != agenda;
    }

    /** The actor system has ended. */
    void terminated() {
        end();
        pool.release();
    }

    private void replaced() {
        replaced = true;
        end();
    }

    private void end() {
        terminated = true;
        cores().forEach(GroupCore::ended);
    }

    /** The groups that have not ended, in the order in which they were made. */
    private List<GroupCore> cores() {
        List<GroupCore> all;
        synchronized (upper) {
            all = List.copyOf(upper);
        }
        return all.stream()
                .flatMap(core -> Stream.concat(Stream.of(core), core.groupsBelow().stream()))
                .sorted(Comparator.comparingLong(GroupCore::number))
                .toList();
    }

    /** To be called for a group that has been opened, for there may be nobody left who ends it. */
    void endIfTerminated(GroupCore core) {
        if (terminated) {
            core.ended();
        }
    }

    @Override
    public boolean drained(GroupCore core) {
        return shutdown.drained(core);
    }

    @Override
    public void ended(GroupCore core) {
        synchronized (upper) {
            upper.remove(core);
        }
    }

    /** Nobody waits for the end of the root group. */
    @Override
    public void over(GroupCore core) {}

    void dispatch(Collection<? extends SchedulerGroup> groups, String name, TaskCategory category, Runnable task) {
        // Of a DocGroup that has ended and the next of its site, neither is above the other.
        List<SchedulerGroup> upper = groups.stream()
                .distinct()
                .filter(group -> groups.stream().noneMatch(other -> group.isWithin(other) && !other.isWithin(group)))
                .map(SchedulerGroup.class::cast)
                .toList();
        if (upper.isEmpty()) {
            throw new IllegalArgumentException("task '" + name + "' affects no group");
        }
        upper.forEach(this::checkOwn);
        if (upper.size() == 1) {
            upper.get(0).dispatch(name, category, task);
        } else {
            GroupTasks.dispatchToAll(
                    upper.stream().map(group -> group.core().tasks()).toList(), name, category, task);
        }
    }

    private void checkOwn(SchedulerGroup group) {
        if (!group.core().belongsTo(this)) {
            throw new IllegalArgumentException(group.name() + " is a group of another actor system");
        }
    }

    List<GroupSnapshot> snapshot() {
        return cores().stream().map(GroupCore::snapshot).toList();
    }

    @Override
    public GroupSettings settings() {
        return settings;
    }

    private static Behavior<GroupSupervisor.Adopt> guardian() {
        return Behaviors.receive((context, adopt) -> {
            GroupSupervisor.start(context, adopt);
            return Behaviors.same();
        });
    }

    RootGroup root() {
        return root;
    }

    OpenTabs newTabGroup() {
        OpenTabs tabs = new OpenTabs(this, nextNumber());
        adopt(tabs.tabGroup().core(), tabs.tabGroup().name());
        return tabs;
    }

    /** For the next group. */
    long nextNumber() {
        return lastNumber.incrementAndGet();
    }

    private void adopt(GroupCore core, String name) {
        synchronized (upper) {
            upper.add(core);
        }
        endIfTerminated(core);
        guardian.tell(new GroupSupervisor.Adopt(core, name));
    }

    @Override
    public GroupPool pool() {
        return pool;
    }

    @Override
    public Agenda agenda() {
        return agenda;
    }

    @Override
    public Props props(String tag) {
        return ActorTags.create(tag).withDispatcherFromConfig(DISPATCHER).withMailboxFromConfig(MAILBOX);
    }

    @Override
    public org.apache.pekko.actor.ActorSystem classicSystem() {
        return system;
    }
}

package dev.peili.actors;

import com.typesafe.config.ConfigException;
import dev.peili.actors.internal.dispatch.GroupDispatcherConfigurator;
import dev.peili.actors.internal.dispatch.Workers;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
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
final class GroupsExtension implements GroupCore.Library {
    static final String DISPATCHER = "peili.dispatcher";
    static final String MAILBOX = "peili.mailbox";
    private static final String INTERNAL_DISPATCHER = "pekko.actor.internal-dispatcher";
    static final Props SUPERVISOR_PROPS = DispatcherSelector.fromConfig(INTERNAL_DISPATCHER);

    /** The key of the extension. */
    static final class Id extends ExtensionId<Groups> {
        static final Id INSTANCE = new Id();

        private Id() {}

        @Override
        public Groups createExtension(ActorSystem<?> system) {
            return new Groups(new GroupsExtension(system));
        }

        Groups get(ActorSystem<?> system) {
            return system.registerExtension(this);
        }
    }

    private final org.apache.pekko.actor.ActorSystem system;
    private final Workers workers;
    private final GroupSettings settings;
    private final GroupsShutdown shutdown;
    private final AtomicLong names = new AtomicLong();
    /** The groups that have not ended, for the case that the actor system ends before them. */
    private final Set<GroupCore> cores = ConcurrentHashMap.newKeySet();

    private volatile boolean terminated;
    private final ActorRef<GroupSupervisor.Adopt> guardian;
    private final RootGroup root;

    private GroupsExtension(ActorSystem<?> typed) {
        system = Adapter.toClassic(typed);
        if (!(dispatcher().configurator() instanceof GroupDispatcherConfigurator groups)) {
            throw new IllegalStateException(
                    DISPATCHER + ".type must name " + GroupDispatcherConfigurator.class.getName());
        }
        workers = groups.workers();
        settings = GroupSettings.of(system.settings().config());
        workers.retain();
        workers.watch(system.dispatchers().lookup(INTERNAL_DISPATCHER), new Watchdog());
        system.registerOnTermination(this::terminated);
        shutdown = GroupsShutdown.register(system, cores);
        guardian = typed.systemActorOf(guardian(), "peili", SUPERVISOR_PROPS);
        GroupCore core = new GroupCore(this, "root", agenda().root(), RootGroup::new, () -> {});
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

    private void terminated() {
        terminated = true;
        cores.forEach(GroupCore::ended);
        workers.release();
    }

    @Override
    public void opened(GroupCore core) {
        cores.add(core);
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
        cores.remove(core);
        shutdown.drained(core);
    }

    void dispatch(Collection<? extends SchedulerGroup> groups, String name, TaskCategory category, Runnable task) {
        List<SchedulerGroup> upper = groups.stream()
                .distinct()
                .filter(group -> groups.stream().noneMatch(other -> other != group && group.isWithin(other)))
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
        return cores.stream().map(GroupCore::snapshot).toList();
    }

    @Override
    public GroupSettings settings() {
        return settings;
    }

    private static Behavior<GroupSupervisor.Adopt> guardian() {
        return Behaviors.receive((context, adopt) -> {
            context.spawn(GroupSupervisor.create(adopt.child()), adopt.name(), SUPERVISOR_PROPS);
            return Behaviors.same();
        });
    }

    RootGroup root() {
        return root;
    }

    OpenTabs newTabGroup() {
        OpenTabs tabs = new OpenTabs(this, "tabgroup-" + names.incrementAndGet());
        adopt(tabs.tabGroup().core(), tabs.tabGroup().name());
        return tabs;
    }

    String newName(String kind) {
        return kind + "-" + names.incrementAndGet();
    }

    private void adopt(GroupCore core, String name) {
        core.opened();
        guardian.tell(new GroupSupervisor.Adopt(core, name));
    }

    @Override
    public Workers workers() {
        return workers;
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

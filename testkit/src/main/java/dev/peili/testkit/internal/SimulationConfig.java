package dev.peili.testkit.internal;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.peili.actors.internal.dispatch.GroupDispatcherConfigurator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A configuration in which every dispatcher, every plain mailbox and the scheduler are those of a simulation. */
public final class SimulationConfig {
    private static final String PLAIN = SimulatedDispatcherConfigurator.class.getName();
    private static final String GROUPS = SimulatedGroupDispatcherConfigurator.class.getName();
    private static final String MAILBOX = SimulatedMailboxType.class.getName();
    private static final Set<String> UNBOUNDED = Set.of(
            "org.apache.pekko.dispatch.UnboundedMailbox",
            "org.apache.pekko.dispatch.SingleConsumerOnlyUnboundedMailbox");
    private static final Set<String> DISPATCHERS = Set.of("Dispatcher", "PinnedDispatcher", "BalancingDispatcher");

    private SimulationConfig() {}

    /**
     * The rewritten configuration.
     *
     * @throws ConfigException if it asks for what cannot be simulated
     */
    public static Config of(Config config) {
        checkIsLocal(config);
        Map<String, Object> changes = new HashMap<>();
        rewrite(config.root(), new ArrayList<>(), changes);
        changes.put("pekko.actor.default-dispatcher.type", PLAIN);
        changes.put("pekko.scheduler.implementation", VirtualScheduler.class.getName());
        // A thread of the JVM's would run it.
        changes.put("pekko.coordinated-shutdown.run-by-jvm-shutdown-hook", "off");
        changes.put("pekko.jvm-exit-on-fatal-error", "off");
        // An actor for each schedule's end.
        changes.put("pekko.log-dead-letters", "off");
        changes.put("pekko.log-dead-letters-during-shutdown", "off");
        changes.put("pekko.daemonic", "on");
        return ConfigFactory.parseMap(changes).withFallback(config);
    }

    private static void checkIsLocal(Config config) {
        String provider = config.getString("pekko.actor.provider");
        if (!provider.equals("local") && !provider.equals("org.apache.pekko.actor.LocalActorRefProvider")) {
            throw new ConfigException.BadValue(
                    "pekko.actor.provider",
                    "remoting and clusters cannot be simulated, so it must be local, not '" + provider + "'");
        }
    }

    private static void rewrite(ConfigObject section, List<String> path, Map<String, Object> changes) {
        if (section.containsKey("executor") || isDispatcher(text(section.get("type")))) {
            boolean ofGroups = GroupDispatcherConfigurator.class.getName().equals(text(section.get("type")));
            changes.put(join(path, "type"), ofGroups ? GROUPS : PLAIN);
        }
        String mailbox = text(section.get("mailbox-type"));
        if (mailbox != null && UNBOUNDED.contains(mailbox)) {
            changes.put(join(path, "mailbox-type"), MAILBOX);
        }
        section.forEach((key, value) -> {
            if (value instanceof ConfigObject below) {
                path.add(key);
                rewrite(below, path, changes);
                path.remove(path.size() - 1);
            }
        });
    }

    private static boolean isDispatcher(@Nullable String type) {
        return type != null && (DISPATCHERS.contains(type) || type.endsWith("DispatcherConfigurator"));
    }

    private static @Nullable String text(@Nullable ConfigValue value) {
        return value != null && value.valueType() == ConfigValueType.STRING
                ? value.unwrapped().toString()
                : null;
    }

    private static String join(List<String> path, String key) {
        List<String> whole = new ArrayList<>(path);
        whole.add(key);
        return ConfigUtil.joinPath(whole);
    }
}

package dev.peili.testkit.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.pekko.dispatch.Mailbox;
import org.apache.pekko.dispatch.sysmsg.SystemMessage;
import org.jspecify.annotations.Nullable;

/** What Pekko tells an actor beside its messages, as far as a mailbox has it: that it is to start, to stop and so on. */
final class Signals {
    private static final Map<String, String> WORDS =
            Map.of("Create", "start", "Terminate", "stop", "DeathWatchNotification", "terminated", "Failed", "failed");

    private final String names;

    private Signals(String names) {
        this.names = names;
    }

    /** Null if there are none. */
    static @Nullable Signals of(Mailbox mailbox) {
        if (!mailbox.hasSystemMessages()) {
            return null;
        }
        List<String> names = new ArrayList<>();
        for (SystemMessage next = mailbox.systemQueueGet(); next != null; next = next.next()) {
            String name = next.getClass().getSimpleName();
            names.add(WORDS.getOrDefault(name, name.toLowerCase(Locale.ROOT)));
        }
        // The queue is a stack.
        Collections.reverse(names);
        return new Signals("(" + String.join(", ", names) + ")");
    }

    @Override
    public String toString() {
        return names;
    }
}

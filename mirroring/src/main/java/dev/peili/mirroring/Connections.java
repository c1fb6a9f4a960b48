package dev.peili.mirroring;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list of connections, which mostly has one element and then is that element. */
final class Connections {
    private Connections() {}

    /** The list with one more. */
    @SuppressWarnings("unchecked")
    static Object with(@Nullable Object list, Connection added) {
        if (list == null) {
            return added;
        }
        if (list instanceof Connection only) {
            List<Connection> several = new ArrayList<>(4);
            several.add(only);
            several.add(added);
            return several;
        }
        ((List<Connection>) list).add(added);
        return list;
    }

    /** The list without this one. */
    @SuppressWarnings("unchecked")
    static @Nullable Object without(@Nullable Object list, Connection removed) {
        if (list == removed) {
            return null;
        }
        if (list instanceof List<?>) {
            List<Connection> several = (List<Connection>) list;
            several.remove(removed);
            return several.isEmpty() ? null : several;
        }
        return list;
    }

    @SuppressWarnings("unchecked")
    static List<Connection> of(@Nullable Object list) {
        return list == null ? List.of() : list instanceof Connection only ? List.of(only) : (List<Connection>) list;
    }
}

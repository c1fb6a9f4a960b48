package dev.peili.actors;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A map that is mostly empty, and takes no room then: each group has several. In the order in which keys were put. Not
 * thread-safe.
 */
final class Few<K, V> {
    private @Nullable Map<K, V> entries;

    void put(K key, V value) {
        Map<K, V> its = entries;
        if (its == null) {
            its = new LinkedHashMap<>(2);
            entries = its;
        }
        its.put(key, value);
    }

    /** Changes the value of a key that is there. */
    void replace(K key, V value) {
        if (entries != null) {
            entries.replace(key, value);
        }
    }

    /** Null if it was not there. */
    @Nullable
    V remove(K key) {
        Map<K, V> its = entries;
        if (its == null) {
            return null;
        }
        V removed = its.remove(key);
        if (its.isEmpty()) {
            entries = null;
        }
        return removed;
    }

    boolean isEmpty() {
        return entries == null;
    }

    void forEach(BiConsumer<? super K, ? super V> action) {
        if (entries != null) {
            entries.forEach(action);
        }
    }

    /** Removes all, and returns their keys. */
    List<K> removeAll() {
        List<K> keys = keys();
        entries = null;
        return keys;
    }

    List<K> keys() {
        return entries == null ? List.of() : List.copyOf(entries.keySet());
    }
}

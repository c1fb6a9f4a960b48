package dev.peili.actors;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Changes to maps and sets that are mostly empty, of which each group has several: while one is empty it is the immutable
 * one that all share, and takes no room. Each change returns what stands for the collection from then on. In the order in
 * which entries were added. Not thread-safe.
 */
final class Few {
    private static final int CAPACITY = 2;

    private Few() {}

    static <K, V> Map<K, V> with(Map<K, V> map, K key, V value) {
        Map<K, V> some = map.isEmpty() ? new LinkedHashMap<>(CAPACITY) : map;
        some.put(key, value);
        return some;
    }

    static <K, V> Map<K, V> without(Map<K, V> map, K key) {
        if (!map.isEmpty()) {
            map.remove(key);
        }
        return map.isEmpty() ? Map.of() : map;
    }

    static <E> Set<E> with(Set<E> set, E element) {
        Set<E> some = set.isEmpty() ? new LinkedHashSet<>(CAPACITY) : set;
        some.add(element);
        return some;
    }

    static <E> Set<E> without(Set<E> set, E element) {
        if (!set.isEmpty()) {
            set.remove(element);
        }
        return set.isEmpty() ? Set.of() : set;
    }
}

package dev.peili.actors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class FewTest {
    @Test
    void with_keepsTheOrderInWhichEntriesWereAdded() {
        Map<String, Integer> map = Few.with(Few.with(Few.with(Map.of(), "b", 1), "a", 2), "b", 3);
        assertThat(map).containsExactly(Map.entry("b", 3), Map.entry("a", 2));
        assertThat(Few.with(Few.with(Few.with(Set.of(), "b"), "a"), "b")).containsExactly("b", "a");
    }

    @Test
    void without_lastEntry_isTheEmptyOneThatAllShare() {
        assertThat(Few.without(Few.with(Map.<String, Integer>of(), "a", 1), "a"))
                .isSameAs(Map.of());
        assertThat(Few.without(Few.with(Set.<String>of(), "a"), "a")).isSameAs(Set.of());
    }

    @Test
    void without_whatIsNotThere_changesNothing() {
        assertThat(Few.without(Map.of(), "a")).isEmpty();
        assertThat(Few.without(Set.of(), "a")).isEmpty();
        assertThat(Few.without(Few.with(Set.of(), "a"), "b")).containsExactly("a");
    }
}

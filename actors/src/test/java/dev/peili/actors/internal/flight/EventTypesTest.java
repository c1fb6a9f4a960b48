package dev.peili.actors.internal.flight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import jdk.jfr.Event;
import jdk.jfr.EventType;
import jdk.jfr.SettingDescriptor;
import jdk.jfr.ValueDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What tools are told of the events of promise G9. */
final class EventTypesTest {
    private static List<String> defaults(EventType type, String setting) {
        return type.getSettingDescriptors().stream()
                .filter(descriptor -> descriptor.getName().equals(setting))
                .map(SettingDescriptor::getDefaultValue)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(classes = {TurnEvent.class, PauseEvent.class, RejectionEvent.class, DeadLetterEvent.class})
    void event_hasItsPlace_andWordsForEverything(Class<? extends Event> event) {
        EventType type = EventType.getEventType(event);
        assertThat(type.getName())
                .isEqualTo("dev.peili." + event.getSimpleName().replace("Event", ""));
        assertThat(type.getCategoryNames()).containsExactly("Peili", "Groups");
        assertThat(type.getLabel()).isNotBlank();
        assertThat(type.getDescription()).isNotBlank();
        assertThat(type.getFields()).allMatch(field -> field.getLabel() != null);
        assertThat(defaults(type, "stackTrace")).containsExactly("false");
    }

    @ParameterizedTest
    @ValueSource(classes = {TurnEvent.class, PauseEvent.class})
    void thresholdByDefault_keepsAnyRecordingSmall(Class<? extends Event> event) {
        assertThat(defaults(EventType.getEventType(event), "threshold")).containsExactly("10 ms");
    }

    @Test
    void times_areNanoseconds() {
        for (String field : List.of("queueTime", "runTime", "pausedTime")) {
            ValueDescriptor time = EventType.getEventType(TurnEvent.class).getField(field);
            assertThat(time.getContentType()).isEqualTo("jdk.jfr.Timespan");
            assertThat(time.getAnnotation(jdk.jfr.Timespan.class).value()).isEqualTo("NANOSECONDS");
        }
    }
}

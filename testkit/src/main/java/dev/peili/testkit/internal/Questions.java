package dev.peili.testkit.internal;

import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.pekko.actor.InternalActorRef;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.jspecify.annotations.Nullable;

/** Finds in a message where the answer to an ask goes: a ref that is the message or a field of it. */
final class Questions {
    private static final String OF_ASKS = "org.apache.pekko.pattern.PromiseActorRef";

    private static final ClassValue<List<Field>> FIELDS = new ClassValue<>() {
        @Override
        protected List<Field> computeValue(Class<?> type) {
            return fieldsOf(type);
        }
    };

    private Questions() {}

    static void addRefsTo(Collection<InternalActorRef> refs, Object message) {
        addRef(refs, message);
        for (Field field : FIELDS.get(message.getClass())) {
            addRef(refs, valueOf(field, message));
        }
    }

    private static void addRef(Collection<InternalActorRef> refs, @Nullable Object value) {
        if (value instanceof ActorRef<?> ref
                && Adapter.toClassic(ref) instanceof InternalActorRef classic
                && classic.getClass().getName().equals(OF_ASKS)) {
            refs.add(classic);
        }
    }

    private static @Nullable Object valueOf(Field field, Object message) {
        try {
            return field.get(message);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Field> fieldsOf(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> declaring = type; declaring != null; declaring = declaring.getSuperclass()) {
            for (Field field : declaring.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && mayBeRef(field) && canBeRead(field)) {
                    fields.add(field);
                }
            }
        }
        return fields;
    }

    private static boolean mayBeRef(Field field) {
        return field.getType().isAssignableFrom(ActorRef.class) || ActorRef.class.isAssignableFrom(field.getType());
    }

    private static boolean canBeRead(Field field) {
        try {
            field.setAccessible(true);
            return true;
        } catch (InaccessibleObjectException e) {
            // Of the JDK, or of a module that keeps it to itself.
            return false;
        }
    }
}

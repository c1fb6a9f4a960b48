package dev.peili.testkit.internal;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import scala.jdk.javaapi.FutureConverters;

/**
 * Keeps the callbacks of asks on the simulation's thread.
 *
 * <p>The {@code CompletionStage}s of Pekko's Java API (of {@code ActorContext.ask} among others) are Scala futures in
 * disguise, and the class of the disguise gives every callback to the JDK's common pool: {@code whenComplete} is {@code
 * whenCompleteAsync} there. Nobody can tell when such a thread will be done. The executor is what {@link
 * java.util.concurrent.CompletableFuture#defaultExecutor} returns, so it is enough to give the class another superclass
 * before it is loaded, {@link StageInStep}.
 */
public final class ScalaStages {
    private static final String CLASS = "scala.concurrent.impl.FutureConvertersImpl$CF";
    private static final String NEIGHBOUR = "scala.concurrent.impl.FutureConvertersImpl";
    private static final String BEFORE = "java/util/concurrent/CompletableFuture";
    private static final String AFTER = StageInStep.class.getName().replace('.', '/');

    private static final boolean INSTALLED = install();

    private ScalaStages() {}

    /**
     * Sees to it, once for this JVM, that callbacks of asks stay in their simulation; false if Scala's class had been loaded
     * before. Any thread.
     */
    public static boolean areInstalled() {
        return INSTALLED;
    }

    private static boolean install() {
        ClassLoader loader = FutureConverters.class.getClassLoader();
        try (InputStream original = loader.getResourceAsStream(CLASS.replace('.', '/') + ".class")) {
            MethodHandles.Lookup lookup =
                    MethodHandles.privateLookupIn(Class.forName(NEIGHBOUR, false, loader), MethodHandles.lookup());
            return original != null
                    && isOurs(lookup.defineClass(Superclass.replace(original.readAllBytes(), BEFORE, AFTER)));
        } catch (IOException | ReflectiveOperationException | LinkageError e) {
            return wasLoadedFromHere(loader);
        }
    }

    private static boolean wasLoadedFromHere(ClassLoader loader) {
        try {
            return isOurs(Class.forName(CLASS, false, loader));
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    private static boolean isOurs(Class<?> type) {
        return type.getSuperclass() == StageInStep.class;
    }
}

package dev.peili.testkit.junit;

import com.typesafe.config.ConfigFactory;
import dev.peili.testkit.ScheduleBody;
import dev.peili.testkit.SearchResult;
import dev.peili.testkit.Simulation;
import dev.peili.testkit.Simulator;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;
import org.opentest4j.TestAbortedException;

/** Runs a {@link SimulatedTest} once for each schedule instead of once. */
final class SimulationExtension implements ParameterResolver, InvocationInterceptor {
    private static final String SEED = "peili.seed";
    private static final String SCHEDULES = "peili.simulation.schedules";
    private static final String SECONDS = "peili.simulation.seconds";

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Simulation.class
                && AnnotationSupport.isAnnotated(parameter.getDeclaringExecutable(), SimulatedTest.class);
    }

    /** Each schedule gets its own later. */
    @Override
    public @Nullable Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return null;
    }

    @Override
    @SuppressWarnings("ReturnValueIgnored")
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> call, ExtensionContext context) {
        Method method = call.getExecutable();
        int place = Arrays.asList(method.getParameterTypes()).indexOf(Simulation.class);
        if (place < 0) {
            throw new ExtensionConfigurationException(
                    method + " is a simulated test, so it needs a parameter of type Simulation");
        }
        invocation.skip();
        SimulatedTest settings =
                AnnotationSupport.findAnnotation(method, SimulatedTest.class).orElseThrow();
        try (Simulator simulator = Simulator.create(ConfigFactory.parseString(settings.config()))) {
            SearchResult result = search(simulator, settings, simulation -> {
                Object[] arguments = call.getArguments().toArray();
                arguments[place] = simulation;
                ReflectionSupport.invokeMethod(method, call.getTarget().orElse(null), arguments);
            });
            context.publishReportEntry(Map.of(
                    "schedules", String.valueOf(result.schedules()),
                    "steps", String.valueOf(result.steps())));
            throwIfFailed(result);
        }
    }

    private static SearchResult search(Simulator simulator, SimulatedTest settings, ScheduleBody body) {
        Long only = property(SEED);
        if (only != null) {
            return simulator.search(only, 1, body);
        }
        Long schedules = property(SCHEDULES);
        Long seconds = property(SECONDS);
        return simulator.search(
                settings.seed(),
                schedules == null ? settings.schedules() : Math.toIntExact(schedules),
                Duration.ofSeconds(seconds == null ? settings.seconds() : seconds),
                body);
    }

    private static void throwIfFailed(SearchResult result) {
        if (result.failure().isPresent() && result.failure().get().getCause() instanceof TestAbortedException aborted) {
            // An assumption that does not hold is no failure.
            throw aborted;
        }
        result.orThrow();
    }

    private static @Nullable Long property(String name) {
        String text = System.getProperty(name);
        try {
            return text == null ? null : Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw new ExtensionConfigurationException("-D" + name + " must be a whole number, not '" + text + "'", e);
        }
    }
}

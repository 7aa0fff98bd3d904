package org.physionet.provisioner.app.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.function.BiPredicate;

/** That a class uses only some of the program's own classes, whatever else it uses. */
final class OwnDependencies extends ArchCondition<JavaClass> {
    private final BiPredicate<JavaClass, JavaClass> allowed;

    /**
     * @param allowed told the using class and the used one
     */
    OwnDependencies(String what, BiPredicate<JavaClass, JavaClass> allowed) {
        super("use, of the program's own classes, only " + what);
        this.allowed = allowed;
    }

    @Override
    public void check(JavaClass user, ConditionEvents events) {
        user.getDirectDependenciesFromSelf().stream()
                .filter(dependency ->
                        dependency.getTargetClass().getPackageName().startsWith(Program.ROOT + "."))
                .forEach(dependency -> events.add(new SimpleConditionEvent(
                        user, allowed.test(user, dependency.getTargetClass()), dependency.getDescription())));
    }

    /** The word after the root package, e.g. {@code adapters}. */
    static String part(JavaClass of) {
        return word(of, 0);
    }

    /** The second word after the root package, e.g. {@code gcp}. */
    static String adapter(JavaClass of) {
        return word(of, 1);
    }

    private static String word(JavaClass of, int index) {
        String[] words =
                of.getPackageName().substring(Program.ROOT.length() + 1).split("\\.");
        return index < words.length ? words[index] : "";
    }
}

package io.mtl4j.nn;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.ObjectInputStream;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

/** What no production class of mtl-core and mtl-nn may call. */
class ForbiddenCallsTest {

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.mtl4j");

    @Test
    void randomnessComesFromSeeds() {
        noClasses()
                .should()
                .callMethod(Math.class, "random")
                .orShould()
                .callConstructor(Random.class)
                .orShould()
                .callConstructor(SplittableRandom.class)
                .orShould()
                .callMethod(ThreadLocalRandom.class, "current")
                .orShould()
                .callMethod(Collections.class, "shuffle", List.class)
                .because("the same seed must give the same result")
                .check(MAIN);
    }

    @Test
    void theGlobalGeneratorOfNd4jIsLeftAlone() {
        noClasses()
                .should()
                .callMethod(Nd4j.class, "getRandom")
                .orShould()
                .callMethodWhere(call("draws from the global generator", ForbiddenCallsTest::drawsGlobally))
                .because("it belongs to the application, and is shared by all threads")
                .check(MAIN);
    }

    @Test
    void nothingDependsOnTheClock() {
        noClasses()
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .because("a result must not depend on when and how fast it is computed")
                .check(MAIN);
    }

    @Test
    void onlyTrainingReportsAndDownloadsTakeTheTime() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.mtl4j.nn.train..", "io.mtl4j.nn.report..", "io.mtl4j.nn.data.download..")
                .and()
                .haveSimpleNameNotEndingWith("Listener")
                .should()
                .callMethod(System.class, "nanoTime")
                .because("training reports how long it takes, reports say when, and a download gives up in the end")
                .check(MAIN);
    }

    @Test
    void filesAreNeverReadByJavaSerialization() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ObjectInputStream.class)
                .because("a crafted file could run any code")
                .check(MAIN);
    }

    @Test
    void aLibraryLogsAndDoesNotPrint() {
        noClasses()
                .that()
                .haveNameNotMatching(".*Listeners?")
                .should(ACCESS_STANDARD_STREAMS)
                .because("only a listener that the user asks for shows something")
                .check(MAIN);
    }

    private static boolean drawsGlobally(JavaCall<?> call) {
        return call.getTargetOwner().isEquivalentTo(Nd4j.class)
                && (call.getName().startsWith("rand")
                        || call.getName().equals("shuffle")
                        || call.getName().equals("choice"))
                && call.getTarget().getRawParameterTypes().stream()
                        .noneMatch(t -> t.isAssignableTo(java.util.Random.class)
                                || t.getName().equals("org.nd4j.linalg.api.rng.Random"));
    }

    private static DescribedPredicate<JavaCall<?>> call(String description, Predicate<JavaCall<?>> test) {
        return DescribedPredicate.describe(description, test);
    }
}

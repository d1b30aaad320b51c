package io.mtl4j.aggregation;

import net.jqwik.api.Group;

/** The contract, for every implementation, and what each claims beyond it. */
class AggregatorContractsTest {

    @Group
    class SumKeepsTheContract extends AggregatorContract {
        @Override
        Aggregator create() {
            return new Sum();
        }
    }

    @Group
    class MeanKeepsTheContract extends AggregatorContract {
        @Override
        Aggregator create() {
            return new Mean();
        }
    }

    @Group
    class UpGradKeepsTheContract extends AggregatorContract {
        @Override
        Aggregator create() {
            return new UpGrad();
        }

        @Override
        double conflict() {
            return 1.0001e-4;
        }
    }

    @Group
    class DualProjKeepsTheContract extends AggregatorContract {
        @Override
        Aggregator create() {
            return new DualProj();
        }

        @Override
        double conflict() {
            return 1.0001e-4;
        }
    }

    @Group
    class MgdaKeepsTheContract extends AggregatorContract {
        @Override
        Aggregator create() {
            return new Mgda();
        }

        @Override
        double conflict() {
            return 1e-12;
        }

        @Override
        boolean stopsWhereStationary() {
            return true;
        }
    }

    @Group
    class MgdaUbKeepsTheContract extends AggregatorContract {
        @Override
        Aggregator create() {
            return Aggregations.mgdaUb();
        }

        @Override
        double conflict() {
            return 1e-12;
        }

        @Override
        boolean stopsWhereStationary() {
            return true;
        }
    }

    @Group
    class GradVacOnTheRepresentationKeepsTheContract extends AggregatorContract {
        @Override
        Aggregator create() {
            return Aggregations.onRepresentation(Aggregations.gradVac());
        }

        @Override
        boolean symmetric() {
            return false;
        }
    }

    @Group
    class MgdaOfUnitGradientsKeepsTheContract extends AggregatorContract {
        @Override
        Aggregator create() {
            return new Mgda().withNormalisation(Mgda.Normalisation.LENGTH);
        }

        @Override
        double conflict() {
            return 1e-12;
        }

        @Override
        double degree() {
            return 0;
        }

        @Override
        boolean stopsWhereStationary() {
            return true;
        }
    }

    @Group
    class FrankWolfeKeepsTheContract extends AggregatorContract {
        @Override
        Aggregator create() {
            return new FrankWolfeMgda();
        }
    }

    @Group
    class PcGradKeepsTheContract extends AggregatorContract {
        @Override
        Aggregator create() {
            return new PcGrad();
        }

        @Override
        boolean symmetric() {
            return false;
        }
    }

    @Group
    class GradVacKeepsTheContract extends AggregatorContract {
        @Override
        Aggregator create() {
            return new GradVac();
        }

        @Override
        boolean symmetric() {
            return false;
        }
    }

    @Group
    class GradDropKeepsTheContract extends AggregatorContract {
        @Override
        Aggregator create() {
            return new GradDrop();
        }
    }

    @Group
    class RepresentationGradDropKeepsTheContract extends AggregatorContract {
        @Override
        Aggregator create() {
            return new RepresentationGradDrop();
        }
    }

    @Group
    class ImtlGKeepsTheContract extends AggregatorContract {
        @Override
        Aggregator create() {
            return new ImtlG();
        }
    }

    @Group
    class StrictImtlGKeepsTheContract extends AggregatorContract {
        @Override
        Aggregator create() {
            return new ImtlG(true);
        }
    }

    @Group
    class CaGradKeepsTheContract extends AggregatorContract {
        @Override
        Aggregator create() {
            return new CaGrad();
        }
    }

    @Group
    class NashMtlKeepsTheContract extends AggregatorContract {
        @Override
        Aggregator create() {
            return new NashMtl();
        }

        @Override
        double conflict() {
            return 1e-12;
        }

        @Override
        double degree() {
            return 0;
        }

        @Override
        boolean stopsWhereStationary() {
            return true;
        }
    }

    @Group
    class NashMtlEverySecondStepKeepsTheContract extends AggregatorContract {
        @Override
        Aggregator create() {
            return new NashMtl(2, 1);
        }

        @Override
        double degree() {
            return 0;
        }
    }

    @Group
    class FairGradKeepsTheContract extends AggregatorContract {
        @Override
        Aggregator create() {
            return new FairGrad(2);
        }

        @Override
        double conflict() {
            return 1e-12;
        }

        @Override
        double degree() {
            return -1 / 3.0;
        }

        @Override
        boolean stopsWhereStationary() {
            return true;
        }
    }

    @Group
    class AlignedMtlKeepsTheContract extends AggregatorContract {
        @Override
        Aggregator create() {
            return new AlignedMtl();
        }
    }

    @Group
    class ConFigKeepsTheContract extends AggregatorContract {
        @Override
        Aggregator create() {
            return new ConFig();
        }
    }

    @Group
    class MoCoKeepsTheContract extends AggregatorContract {
        @Override
        Aggregator create() {
            return new MoCo();
        }

        @Override
        double degree() {
            return 0;
        }
    }

    @Group
    class MoDoKeepsTheContract extends AggregatorContract {
        @Override
        Aggregator create() {
            return new MoDo();
        }

        @Override
        double degree() {
            return Double.NaN;
        }
    }

    @Group
    class SdmGradOfOneIterationKeepsTheContract extends AggregatorContract {
        @Override
        Aggregator create() {
            return new SdmGrad(0.3, 1, 0);
        }
    }

    /** Its iteration amplifies rounding, so that permuted or scaled gradients may end elsewhere. */
    @Group
    class SdmGradKeepsTheContract extends AggregatorContract {
        @Override
        Aggregator create() {
            return new SdmGrad();
        }

        @Override
        double amplification() {
            return 1e6;
        }

        @Override
        double degree() {
            return Double.NaN;
        }

        @Override
        boolean symmetric() {
            return false;
        }
    }

    @Group
    class DbMtlKeepsTheContract extends AggregatorContract {
        @Override
        Aggregator create() {
            return new DbMtl();
        }
    }

    @Group
    class ExcessMtlKeepsTheContract extends AggregatorContract {
        @Override
        Aggregator create() {
            return new ExcessMtl();
        }
    }

    @Group
    class KrumKeepsTheContract extends AggregatorContract {
        @Override
        Aggregator create() {
            return new Krum(0, 2);
        }

        @Override
        boolean symmetric() {
            return false;
        }

        @Override
        int fewestTasks() {
            return 3;
        }
    }

    @Group
    class TrimmedMeanKeepsTheContract extends AggregatorContract {
        @Override
        Aggregator create() {
            return new TrimmedMean(1);
        }

        @Override
        int fewestTasks() {
            return 3;
        }
    }

    @Group
    class UpGradPerLayerKeepsTheContract extends AggregatorContract {
        @Override
        Aggregator create() {
            return Aggregations.perLayer(Aggregations::upGrad);
        }
    }

    @Group
    class MoCoPerLayerKeepsTheContract extends AggregatorContract {
        @Override
        Aggregator create() {
            return Aggregations.perLayer(Aggregations::moCo);
        }

        @Override
        double degree() {
            return 0;
        }
    }
}

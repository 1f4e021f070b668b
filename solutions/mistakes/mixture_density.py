"""Known mistakes of `mixture_density`."""

import numpy as np

from .registry import mistake


def _normal(x, mean, variance):
    return np.exp(-((x - mean) ** 2) / (2 * variance)) / np.sqrt(2 * np.pi * variance)


def _components(x, means, variances):
    return _normal(x[:, np.newaxis], means, variances)


@mistake("mixture_density")
def mixture_density_without_weights(x, weights, means, variances):
    """The values are exactly those you get when the mixing weights are left out. The area under such a curve is the
    number of components, not 1."""
    return _components(x, means, variances).sum(axis=1)


@mistake("mixture_density")
def mixture_density_plain_average(x, weights, means, variances):
    """The values are exactly the plain average of the components: the weights play no part in it."""
    return _components(x, means, variances).mean(axis=1)


@mistake("mixture_density")
def mixture_density_averaged_parameters(x, weights, means, variances):
    """The values are exactly those of one Gaussian with averaged parameters. A mixture averages the densities of its
    components, so it can have a hump for each of them."""
    return _normal(x, weights @ means, weights @ variances)


@mistake("mixture_density")
def mixture_density_sum_of_variables(x, weights, means, variances):
    """The values are exactly the density of a weighted sum of Gaussian variables, which is one Gaussian again. In a
    mixture each sample comes from one component; samples are not added."""
    return _normal(x, weights @ means, weights**2 @ variances)


@mistake("mixture_density")
def mixture_density_matched_moments(x, weights, means, variances):
    """The values are exactly those of the one Gaussian with the mean and variance of the mixture. The mixture itself
    can have a hump for each component."""
    mean = weights @ means
    return _normal(x, mean, weights @ (variances + (means - mean) ** 2))


@mistake("mixture_density")
def mixture_density_no_new_axis(x, weights, means, variances):
    """The samples are paired with the components one to one, as when NumPy combines `x` of shape (n,) with an array
    of shape (K,). Every sample needs the density of every component: which shape gives that?"""
    return weights * _normal(x, means, variances)


@mistake("mixture_density")
def mixture_density_sum_over_samples(x, weights, means, variances):
    """The values are sums over the samples, one for each component. A density has one value for each sample."""
    return (weights * _components(x, means, variances)).sum(axis=0)


@mistake("mixture_density")
def mixture_density_variances_as_sds(x, weights, means, variances):
    """The values are exactly those you get when the variances are used as standard deviations."""
    return _components(x, means, variances**2) @ weights


@mistake("mixture_density")
def mixture_density_largest_only(x, weights, means, variances):
    """The values are exactly those you get when only the largest term counts at each point. Where humps overlap, all
    components contribute."""
    return (weights * _components(x, means, variances)).max(axis=1)


@mistake("mixture_density")
def mixture_density_sum_over_everything(x, weights, means, variances):
    """The result is a single number, the sum over all samples and components. A density has one value for each
    sample: over which axis should the sum run?"""
    return (weights * _components(x, means, variances)).sum()


@mistake("mixture_density")
def mixture_density_not_summed(x, weights, means, variances):
    """The result has a value for each pair of sample and component: weight times density. The density of the mixture
    is their sum over the components."""
    return weights * _components(x, means, variances)


@mistake("mixture_density")
def mixture_density_last_only(x, weights, means, variances):
    """The values are exactly those of the last component, weight times density: the others are not in the sum. For
    example, a loop with `total = ...` overwrites what `total += ...` adds to."""
    return weights[-1] * _normal(x, means[-1], variances[-1])


@mistake("mixture_density")
def mixture_density_first_only(x, weights, means, variances):
    """The values are exactly those of component 0, weight times density: the others are not in the sum. For example,
    a `return` inside the loop ends it after the first round."""
    return weights[0] * _normal(x, means[0], variances[0])


@mistake("mixture_density")
def mixture_density_without_last(x, weights, means, variances):
    """The values are exactly those you get when the last component is left out of the sum. For example,
    `range(K - 1)` ends before it."""
    return _components(x, means[:-1], variances[:-1]) @ weights[:-1]


@mistake("mixture_density")
def mixture_density_without_first(x, weights, means, variances):
    """The values are exactly those you get when component 0 is left out of the sum. For example, `range(1, K)` begins
    after it."""
    return _components(x, means[1:], variances[1:]) @ weights[1:]

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated from api/<object>.xml; change that, not this. */
/* All contract tests. */

#include "contract/contract.h"

extern const ContractFunction contractBaseFunctions[];
extern const ContractFunction contractAnimalFunctions[];
extern const ContractFunction contractKeeperFunctions[];

const ContractFunction *const contractTables[] = {
    contractBaseFunctions,
    contractAnimalFunctions,
    contractKeeperFunctions,
    NULL,
};

const int contractFunctionCount = 59;

extern const ContractFunction contractDriverTest[];
extern const ContractFunction contractDriverFar[];

const ContractFunction *const contractDrivers[] = {
    contractDriverTest,
    contractDriverFar,
    NULL,
};

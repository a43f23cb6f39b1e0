import { withAPhone } from './support/devices.ts'
import { describePurchases } from './support/scenarios.ts'

describePurchases(withAPhone, 'beside')
